"""The desk: where a signed-in person finds what they may do, and signs in and out."""
