"""The application for a WSGI server: `wsgi:app`."""

import os

from planner.app import create_app
from planner.config import read_settings

app = create_app(read_settings(os.environ))
