"""The only code that knows SpiffWorkflow: it moves tokens and nothing else."""
