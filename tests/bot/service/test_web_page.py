"""What a service serves to browsers, by its settings."""

import asyncio
import shutil
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from bot.desk.office.signing_in import make_link
from bot.desk.office.staff_addresses import put_address
from bot.runtime.clock import utc_now
from bot.service.assembly import assembled
from bot.service.fieldwork_jobs import jobs_of
from bot.service.web_page import web_app
from bot.settings.config import Settings
from bot.settings.reading import read_settings
from storage.office.staff import StaffRole
from tests.bot.access.accounts.provider_server import CLIENT, SECRET, provider_server
from tests.bot.channels.email.post_office import post_office
from tests.bot.web.desk.offices import NOW
from tests.bot.web.desk.window import Window
from tests.patience import PATIENCE
from tests.staff import employ

PUBLIC = "https://followup.example.org"
EVA = "eva@example.org"


def settings(file: Path, port: int | None) -> Settings:
    mail = {"host": "127.0.0.1", "port": port, "tls": "none", "from": "bot@rocb.example"}
    given = {"database": f"sqlite:///{file}", "web": {"public_url": PUBLIC}}
    return Settings.model_validate(given | ({"email": mail} if port else {}))


@pytest.fixture
def file(office_sqlite_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(office_sqlite_template, tmp_path / "office.sqlite3"))


async def test_without_a_mail_server_the_page_to_sign_in_has_no_field(file: Path) -> None:
    given = settings(file, None)
    async with assembled(given, None) as service:
        served = ASGITransport(web_app(given, service)[0])
        async with AsyncClient(transport=served, base_url=PUBLIC) as browser:
            assert "Send me a link" not in (await browser.get("/desk/sign-in")).text


async def test_a_letter_that_is_asked_for_is_sent_by_the_job_at_once(file: Path) -> None:
    async with post_office() as post:
        given = settings(file, post.port)
        async with assembled(given, None) as service:
            working = service.application
            write = working.transactions.write
            await write(employ, ("demo", "eva"), StaffRole.ORGANISER, NOW, "Eva")
            await write(put_address, working.office, "S-EVA", EVA, NOW)
            letters = jobs_of(service, 3600)[0]
            letters.start()
            served = ASGITransport(web_app(given, service)[0])
            async with AsyncClient(transport=served, base_url=PUBLIC) as browser:
                fields, headers = {"email": EVA}, {"origin": PUBLIC}
                await browser.post("/desk/sign-in", data=fields, headers=headers)
            async with asyncio.timeout(PATIENCE):
                while not post.to(EVA):
                    await asyncio.sleep(0.01)
            await letters.end()
            assert f"{PUBLIC}/desk/sign-in/" in post.to(EVA)[0].get_content()


async def test_administrators_read_the_configuration_with_which_the_bot_began(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_TELEGRAM_TOKEN", "123:hidden")
    config = file.parent / "config.yaml"
    config.write_text(f"database: sqlite:///{file}\nweb: {{public_url: '{PUBLIC}'}}\n")
    given = read_settings(config)
    async with assembled(given, None) as service:
        write, now = service.application.transactions.write, utc_now()
        await write(employ, ("demo", "ann"), StaffRole.ADMINISTRATOR, now, "Ann")
        link = await write(make_link, service.application.office, "S-ANN", now)
        ann = Window(web_app(given, service)[0])
        await ann.opens(link.path)
        await ann.presses("Sign in")
        config.write_text("metrics: true")  # what is read later does not count
        await ann.opens("/desk/office/configuration")
    assert f"from {config}." in ann.text
    assert f"web.public_url {PUBLIC} file" in ann.text
    assert "telegram.token set, not shown environment FOLLOWUP_TELEGRAM_TOKEN" in ann.text
    assert "metrics no default" in ann.text
    assert "hidden" not in ann.text


async def test_accounts_of_the_office_are_offered_where_the_configuration_names_their_provider(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_OIDC_SECRET", SECRET)
    with provider_server(NOW) as provider:
        known = f"issuer: '{provider.url}', client_id: {CLIENT}"
        config = file.parent / "config.yaml"
        config.write_text(
            f"database: sqlite:///{file}\nweb: {{public_url: '{PUBLIC}'}}\ndesk: {{oidc: {{{known}}}}}\n"
        )
        given = read_settings(config)
        async with assembled(given, None) as service:
            write, now = service.application.transactions.write, utc_now()
            await write(employ, ("demo", "ann"), StaffRole.ADMINISTRATOR, now, "Ann")
            link = await write(make_link, service.application.office, "S-ANN", now)
            ann = Window(web_app(given, service)[0])
            await ann.opens("/desk")
            await ann.presses("Sign in with your account of the office")
            assert ann.tree.xpath("//main//a/@href")[0].startswith(f"{provider.url}/authorize?")
            await ann.opens(link.path)
            await ann.presses("Sign in")
            await ann.opens("/desk/office/configuration")
    assert f"desk.oidc.client_id {CLIENT} file" in ann.text
    assert "desk.oidc.secret set, not shown environment FOLLOWUP_OIDC_SECRET" in ann.text
    assert SECRET not in ann.text
