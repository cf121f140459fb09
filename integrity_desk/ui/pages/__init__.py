"""The pages of the window; ``registry`` lists them all."""
