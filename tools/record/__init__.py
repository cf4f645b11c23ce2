"""The recorder: plays scenarios in real browsers over loopback and writes down what they did."""
