"""What a person can do with the register: validate, write and log, in one transaction each."""
