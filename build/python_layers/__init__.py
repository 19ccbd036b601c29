"""Makes the Python layers of the images from the locks. Knows folders, and no image format."""
