"""What a new installation is filled with: tables, holidays, towns, processes; a training system also with people."""
