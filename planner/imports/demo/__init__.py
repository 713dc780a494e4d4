"""A school that does not exist, with everybody and everything that a year of planning needs."""

from planner.imports.demo.school import DemoSchool, build_demo

__all__ = ["DemoSchool", "build_demo"]
