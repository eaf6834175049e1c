"""Stories of a process, played by the people of a training system: by `tongban play`, and when a draft is tried."""
