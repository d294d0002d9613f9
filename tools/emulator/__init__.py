"""Starting the machines that MicroK runs on: the one place where their arguments are written."""
