"""Language models of several architectures behind one interface."""
