"""Living checks: formulas that count a plan again from the lists people edit.

Everybody on a list of moves has a row on the sheet of counted people, which looks the destination
up on the list as it now reads; all other sheets take what is there without the movers and add the
movers by place. An edit of a destination is so seen everywhere at once, and 8,500 teachers cost no
more than the few hundred who move.
"""

from allocator.files.workbook.living.whole import made_alive

__all__ = ["made_alive"]
