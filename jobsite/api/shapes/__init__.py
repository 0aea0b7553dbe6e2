"""What goes in and comes out; the OpenAPI description is made of these."""
