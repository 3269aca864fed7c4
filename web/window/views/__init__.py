"""What is to be seen, for pages and API alike: functions from the holdings to frozen dataclasses. No HTTP here."""
