"""The groups of the city. A process may offer tasks to these and to the party roles it declares."""

ADMINISTRATORS = "system_admin"
DESIGNERS = "process_designer"
GROUPS = frozenset(
    {
        "bargaining_guide",
        "city_union",
        "congress_rep",
        "enterprise_hr",
        "enterprise_manager",
        "enterprise_union_officer",
        "expert_accountant",
        "expert_appraiser",
        "expert_lawyer",
        "expert_physician",
        "expert_tax",
        "federation",
        "hrss_leader",
        "hrss_reviewer",
        "liaison",
        "message_sender",
        "process_designer",
        "system_admin",
        "town_union",
        "worker",
    }
)
