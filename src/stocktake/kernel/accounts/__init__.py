"""People who sign in, and what they are allowed to do where and until when."""
