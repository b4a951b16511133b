"""When things that recur are due, and when sessions of organs are: dates in, dates out."""

from stocktake.lib.periods._durations import Duration, DurationError
from stocktake.lib.periods._recurring import MOST_PERIODS, Period, periods
from stocktake.lib.periods._sessions import session_days

__all__ = ["MOST_PERIODS", "Duration", "DurationError", "Period", "periods", "session_days"]
