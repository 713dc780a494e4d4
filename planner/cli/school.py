"""planner demo and planner doctor: the demo school, and what this installation misses."""

import sys

import click

from planner.cli.console import json_option, now, print_json, settings, workspace
from planner.services import doctor
from planner.services.begin import demo


@click.command("demo")
@click.option("--size", default=120, show_default=True, help="Aantal leerlingen.")
@click.option("--seed", default=1, show_default=True, help="Startgetal: hetzelfde getal geeft dezelfde school.")
@click.option("--region", default="Midden", show_default=True, help="Noord, Midden of Zuid.")
@click.option("--year", "label", default=None, help="Schooljaar, bijvoorbeeld 2026-2027. Standaard dit schooljaar.")
@click.option("--if-empty", is_flag=True, help="Doe niets als er al een school is.")
def make_demo(*, size: int, seed: int, region: str, label: str | None, if_empty: bool) -> None:
    """Maak of vervang de voorbeeldschool en plan haar jaar."""
    with workspace() as ws:
        if if_empty and demo.has_school(ws):
            return
        for line in demo.make(ws, size=size, seed=seed, region=region, label=label, now=now()):
            click.echo(line)


@click.command("doctor")
@json_option
def examine(*, as_json: bool) -> None:
    """Vertel welke talen kunnen worden afgedrukt en wat er nog ontbreekt."""
    with workspace() as ws:
        findings = doctor.examine(ws, settings(), now=now())
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            mark = "ok" if finding.ok else "FOUT" if finding.needed else "let op"
            click.echo(f"{mark:7} {finding.about}: {finding.text}")
    sys.exit(1 if any(finding.needed and not finding.ok for finding in findings) else 0)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(make_demo)
    parent.add_command(examine)
