"""Draw finished results: the only place that imports matplotlib."""

from smmlib.figures.chart import Chart

__all__ = ["Chart"]
