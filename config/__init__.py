"""Facts that a person wrote: the settings of this machine and one file for each outlet; and what every room uses.

* `settings`: where the archive, the state and the outlet files are (`PALIMPSEST_*`, `.env`, `palimpsest.toml`);
  `archive_address` says which addresses an archive can have.
* `outlet`: the model of an outlet file, `outlet_file` reads one and says what is wrong with it, by line and key;
  `outlets/<outlet>.yml` are the files themselves. docs/add_an_outlet.md explains every key.
* `durations`, `cron`: how people write a length of time and a schedule.
* `clock`: the clock that rooms are given. `errors`: the root of the project's errors. `whole_file`: files that are
  never half there. `words`: numbers and sentences as people read them.
"""
