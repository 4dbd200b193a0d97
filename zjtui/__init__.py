"""zjtui: follow Zhejiang's major construction projects from the keyboard, without a network."""

__version__ = "0.1.0"
