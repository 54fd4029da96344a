"""A chart drawn in cells, whatever it shows."""

from facilitator.app.trends.picture import Picture
from facilitator.app.trends.pieces import Signs
from facilitator.app.trends.row_plots import rows_picture
from facilitator.app.trends.time_plots import columns_picture
from facilitator.library.charts import Chart, Columns, Stacks


def picture(chart: Chart, size: tuple[int, int], signs: Signs, marked: int = -1) -> Picture:
    """Return a chart drawn in so many cells; `marked` is the place of the mark to point at, or -1."""
    if chart.body is None or not chart.marks or size[0] < 20 or size[1] < 4:
        return Picture([], (), upright=False)
    if isinstance(chart.body, Columns | Stacks):
        return columns_picture(chart, chart.body, size, signs=signs, marked=marked)
    return rows_picture(chart, chart.body, size, signs=signs, marked=marked)
