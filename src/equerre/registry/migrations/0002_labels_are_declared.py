"""The labels of fields are said where their kind is declared: what Django remembers of them goes, and no table moves.

One operation in place of a hundred: it changes what Django knows, and asks nothing of the database.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

FIELDS = {
    "schoolname": "name",
    "schoolbody": "body",
    "managingbodydetails": "name legal_category siren rna",
    "statutesreview": "reviewed_on non_profit reviewer",
    "sitedetails": "main uai siret address postcode commune departement",
    "openingdeclaration": "filed_on acknowledged_on complete_on gaps_named",
    "opposition": "opposed_on authority ground",
    "closure": "effect_on authority temporary",
    "recognitionrequest": "filed_on",
    "recognition": "authority number signed_on effect_on published_on nor enquiry_on cse_opinion_on cse_opinion_favourable sites",
    "recognitionrefusal": "authority number signed_on",
    "recognitionwithdrawal": "authority number signed_on effect_on heard_on enquiry_on cse_opinion_on",
    "staffmember": "post function",
    "staffapproval": "member signed_on authority granted",
    "annuallist": "authority number signed_on act_year published_on nor school_year campaign_year effect_ends_on",
    "annuallistentry": "act_year motive sites",
    "regionallist": "authority number signed_on campaign_year published_on region",
    "regionallistentry": "campaign_year item courses",
    "actdetails": "act kind authority number signed_on published_on effect_on nor amends",
    "audience": "school_status apprentices trainees",
    "coursedetails": "title certification site full_time general_hours vocational_hours regulation_general_hours",
    "certificationsheet": "title kind level read_on decided_on effect_on last_issue_on successors",
    "diplomacode": "certification cfd",
    "skillblock": "certification code title",
    "registrationrequest": "certification filed_on",
    "intake": "course entered_on pupils counted_in_registration",
    "productioncount": "count value",
    "cohort": "exit_year horizon leavers reached employed in_training unqualified_at_entry without_trade_diploma_at_entry dropouts_at_entry",
    "seconddegree": "value",
    "unqualifiedtraining": "value",
    "scholarshiphabilitation": "effect_on authority granted cse_opinion_favourable",
    "bankdetails": "campaign_year accepted",
    "habilitationrequest": "campaign_year state sent_on",
    "agreement": "reference signed_on party party_kind purpose signed_by_body signed_by_party written amount_cents education_ministry cse_opinion_favourable state_aid_basis",
    "campaigndate": "kind campaign_year planned revised actual",
    "ruling": "written_on reading use option authority",
    "statedabsence": "of",
}


class ForgetLabels(Operation):
    """Leave out the label of these fields."""

    reduces_to_sql = False
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        for model, names in FIELDS.items():
            fields = state.models[app_label, model].fields
            for name in names.split():
                fields[name] = fields[name].clone()
                fields[name].verbose_name = fields[name]._verbose_name = None
        state.clear_delayed_apps_cache()

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: a label is in no table."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing either."""

    def describe(self) -> str:
        return "Leave out the labels of fields"


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [ForgetLabels()]
