"""Others sign a task (加签): who may be asked, what their being asked changes, and how it ends."""
