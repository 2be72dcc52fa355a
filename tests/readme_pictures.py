"""Makes the pictures of the README: ``python -m tests.readme_pictures``.

It needs a browser, and Pillow of the extra ``dev``.
"""

import io
import time
from pathlib import Path

import musclechain as mc
from tests.browser import lab_server
from tests.browser.map_page import open_maps

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "notebooks" / "images"
LAB = """\
import musclechain as mc
mc.HamstringLab(mc.read_body(), tasks=mc.tasks("strain"), posture=False)"""
STAGE = "Pull: hip and pelvis"
MOST_BYTES, QUALITY = 2_000_000, 60
HIDE = ".mc-view-options, .mc-caption, .mc-legend { display: none !important; }"


def take_lab(browser, folder: Path) -> None:
    """Write the picture of a lab at one stage of its story."""
    path = lab_server.write_notebook(folder / "lab.ipynb", LAB)
    with lab_server.start_lab(folder, lab_server.PAINT_EVERYTHING, draws=60) as lab:
        opened = lab_server.open_notebook(lab, browser, Path(path.name), size=(1280, 760))
        page = opened.page
        page.evaluate("document.querySelector('.mc-lab').scrollIntoView()")
        page.wait_for_timeout(3000)
        page.get_by_role("slider", name="Step of the spread").press("Home")
        name = page.locator(".mc-step-name")
        while STAGE not in name.inner_text():
            page.get_by_role("button", name="Next step").click()
            page.wait_for_timeout(100)
        page.screenshot(path=IMAGES / "hamstring_lab.png")
        opened.close()


def take_story(browser) -> None:
    """Write the story of a strain as a moving picture."""
    from PIL import Image

    picture = mc.BodyMap(mc.read_body())
    picture.play(mc.spread(picture.body, mc.HamstringStrain("left", 2), posture=False))
    with open_maps(browser, [picture], viewport={"width": 860, "height": 600}) as (page, _):
        page.add_style_tag(content=HIDE)
        page.get_by_role("button", name="Play", exact=True).click()
        frames: list[tuple[float, bytes]] = []
        while page.get_by_role("button", name="Pause").count():
            frames.append((time.monotonic(), page.screenshot()))
        frames.append((time.monotonic(), page.screenshot()))
    images = [Image.open(io.BytesIO(data)).convert("RGB") for _, data in frames]
    times = [moment for moment, _ in frames]
    lasts = [round(1000 * (after - now)) for now, after in zip(times, times[1:], strict=False)]
    path = IMAGES / "story.webp"
    images[0].save(
        path,
        save_all=True,
        append_images=images[1:],
        duration=[*lasts, 2500],
        loop=0,
        quality=QUALITY,
        method=6,
    )
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, {MOST_BYTES} are allowed")
    print(f"{path.name}: {len(images)} pictures, {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, lab_server.start_browser() as browser:
        take_lab(browser, Path(folder))
        take_story(browser)


if __name__ == "__main__":
    main()
