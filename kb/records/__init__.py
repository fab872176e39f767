"""Facts as typed rows, each with the paragraph that it rests on."""
