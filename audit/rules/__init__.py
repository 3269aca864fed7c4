"""The rules by which edits are typed and weighed, as data: docs/audit.md says how to add one."""
