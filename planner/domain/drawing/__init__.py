"""Plans on paper: boxes, floors, labels and ways, in millimetres."""
