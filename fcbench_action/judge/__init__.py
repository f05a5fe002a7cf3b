"""The judge: a reply in, a verdict out."""
