import io

import numpy as np
import pytest
from PIL import Image

from smmlib.figures.png import as_png


@pytest.mark.parametrize("shape", [(1, 1), (7, 3), (64, 501)])
def test_another_reader_finds_every_pixel_again(shape):
    pixels = np.random.default_rng(3).integers(0, 256, (*shape, 4), dtype=np.uint8)
    with Image.open(io.BytesIO(as_png(pixels))) as picture:
        assert picture.mode == "RGBA"
        picture.verify()
    with Image.open(io.BytesIO(as_png(pixels))) as picture:
        assert (np.asarray(picture) == pixels).all()
