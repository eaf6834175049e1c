"""What is proven of small processes, construct by construct."""
