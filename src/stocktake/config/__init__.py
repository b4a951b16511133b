"""Floor 5: wiring only: settings, addresses, the application object.

On Linux the standard `sqlite3` is replaced by `pysqlite3` before Django loads it: SQLite before
3.51.3 has a bug that can damage a database in WAL mode, and distributions ship older ones.
"""

import sys

if sys.platform == "linux":
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
