"""Photos: taken in, cleaned, kept, and shown only by signed links."""
