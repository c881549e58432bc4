"""A month of a living community, by the services that people use, at the moments that were."""
