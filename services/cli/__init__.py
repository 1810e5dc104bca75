"""The commands of ``python -m services``: exit codes 0 done, 1 not found, 2 refused, 3 release unusable."""

from __future__ import annotations

from services.cli.alerts import alerts_command
from services.cli.answers import customer, predict, rules
from services.cli.backup import backup_command, restore_command
from services.cli.base import group
from services.cli.campaigns.pushing import audience_command
from services.cli.check_config import check_config_command
from services.cli.churning import churn_command
from services.cli.contacts import contacts_command
from services.cli.digest import digest_command
from services.cli.files.churn_tables import predict_churn, train_churn
from services.cli.files.inspecting import inspect_command
from services.cli.files.layouts import layouts_command
from services.cli.files.sources import sources_command
from services.cli.files.training import sample, train_command
from services.cli.files.valuing import clv_command
from services.cli.forgetting import forget_command
from services.cli.jobs import jobs_command
from services.cli.ledger import ledger_group
from services.cli.opt_outs import optout_command
from services.cli.people.audit import audit_command
from services.cli.people.tokens import tokens_command
from services.cli.people.users import users_command
from services.cli.presets import presets_command
from services.cli.recommending import recommend
from services.cli.releases import activate_command, follow_command, releases_group
from services.cli.simulating import simulate_campaign
from services.cli.worker import worker_command

for command in (
    train_command,
    inspect_command,
    clv_command,
    train_churn,
    predict_churn,
    customer,
    predict,
    rules,
    recommend,
    churn_command,
    simulate_campaign,
    releases_group,
    activate_command,
    ledger_group,
    sources_command,
    presets_command,
    layouts_command,
    sample,
    users_command,
    tokens_command,
    audit_command,
    optout_command,
    contacts_command,
    audience_command,
    forget_command,
    backup_command,
    restore_command,
    check_config_command,
    jobs_command,
    worker_command,
    follow_command,
    alerts_command,
    digest_command,
):
    group.add_command(command)

main = group
