"""What models construct: one subpackage each for the trees of a phase."""
