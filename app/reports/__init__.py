"""What a committee hands in and residents are told, by month and quarter."""
