"""The browser behind a session in plain words, so that its owner recognises it and no more is kept than that."""

# The first name that is found counts: every browser also names those whose pages it wants to get.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "Android"),
    ("CrOS", "een Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "een Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "Een onbekende browser"


def browser_words(user_agent: str) -> str:
    """Return what a browser says it is, like "Firefox op Windows"; never a part of what it sent."""
    browser = next((word for mark, word in _BROWSERS if mark in user_agent), UNKNOWN)
    device = next((word for mark, word in _DEVICES if mark in user_agent), "")
    return f"{browser} op {device}" if device else browser
