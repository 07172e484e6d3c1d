"""What an editor decided: written down, found again in a changed text, obeyed."""
