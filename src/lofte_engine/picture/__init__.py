"""From files with events, areas and population to figures that may be published, with how they were made."""
