"""The products and tags of the generated company, each with the other words for it."""

from collections.abc import Mapping

Wares = Mapping[str, tuple[str, ...]]

PRODUCTS: Wares = {
    "Ledgerline": ("ledger line suite", "LDL"),
    "Orbit 360": ("orbit", "orbit platform"),
    "Vault-9": ("V9 store", "vault nine"),
    "Beacon Edge": ("beacon", "beacon gateway"),
    "Atlas CDP": ("atlas", "atlas profiles"),
    "Nimbus Pay": ("nimbus", "nimbus checkout"),
    "Mosaic HR": ("mosaic", "mosaic people suite"),
    "Harbor EHR": ("harbor", "harbor charts"),
    "FlowDesk Pro": ("FD Pro", "flowdesk professional"),
    "FlowDesk Lite": ("FD Lite", "flowdesk starter"),
    "SignalHub": ("signal broker", "SGH"),
    "Quarry Search": ("quarry", "quarry finder"),
    "Trellis Forms": ("trellis", "trellis builder"),
    "Kestrel Alerts": ("kestrel", "kestrel paging"),
    "Tidewater Sync": ("tidewater", "tide sync"),
    "Juniper Vision": ("juniper", "juniper cameras"),
    "Copperline Voice": ("copperline", "copper voice"),
    "Larkspur Learn": ("larkspur", "larkspur academy"),
    "Granite Backup": ("granite", "granite restore"),
    "Meridian Maps": ("meridian", "meridian geo"),
    "Falcon Routing": ("falcon", "falcon dispatcher"),
    "Bluefin Billing": ("bluefin", "bluefin invoices"),
    "Cinder Logs": ("cinder", "cinder log store"),
    "Dovetail Connect": ("dovetail", "dovetail adapters"),
    "Ember Mail": ("ember", "ember mailer"),
    "Foxglove Care": ("foxglove", "foxglove triage"),
    "Glacier Archive": ("glacier", "glacier vaulting"),
    "Hearth Commerce": ("hearth", "hearth shop"),
    "Indigo Planner": ("indigo", "indigo roster"),
    "Jigsaw Quality": ("jigsaw", "jigsaw inspections"),
    "Keystone Identity": ("keystone", "keystone login"),
    "Lantern Analytics": ("lantern", "lantern dashboards"),
    "Magnet Leads": ("magnet", "magnet scoring"),
    "Northstar Budget": ("northstar", "north star planning"),
    "Osprey Shield": ("osprey", "osprey firewall"),
    "Prism Studio": ("prism", "prism editor"),
    "Redwood Contracts": ("redwood", "redwood clauses"),
    "Saffron Menu": ("saffron", "saffron kitchen"),
    "Talon Maintenance": ("talon", "talon work orders"),
    "Umbra Privacy": ("umbra", "umbra consent"),
}

TAGS: Wares = {
    "SAP": ("SAP ERP", "S/4HANA"),
    "Salesforce": ("SFDC", "sales force crm"),
    "Snowflake": ("snow flake warehouse",),
    "AWS": ("Amazon Web Services", "amazon cloud"),
    "Azure": ("Microsoft Azure", "MS Azure"),
    "Google Cloud": ("GCP", "Google Cloud Platform"),
    "Workday": ("workday hcm",),
    "ServiceNow": ("SNOW ITSM", "service now"),
    "Databricks": ("data bricks", "lakehouse"),
    "Oracle": ("Oracle DB", "oracle database"),
    "Dynamics 365": ("D365", "MS Dynamics"),
    "NetSuite": ("net suite erp",),
    "HubSpot": ("hub spot",),
    "Marketo": ("marketo engage",),
    "Tableau": ("tableau desktop",),
    "Power BI": ("PowerBI reports", "PBI"),
    "Kubernetes": ("k8s", "kube"),
    "PCI compliance": ("PCI DSS", "card data rules"),
    "HIPAA": ("hipaa compliance",),
    "GDPR": ("DSGVO", "eu privacy law"),
    "SOC 2": ("SOC2 report",),
    "ISO 27001": ("iso27k",),
    "FedRAMP": ("fed ramp",),
    "on-premises": ("on-prem", "self-hosted"),
    "air-gapped": ("isolated network",),
    "single sign-on": ("SSO", "single signon"),
    "zero trust": ("ZTNA", "zerotrust"),
    "fraud detection": ("anti-fraud", "fraud prevention"),
    "churn reduction": ("churn prevention", "customer retention"),
    "order to cash": ("O2C", "order2cash"),
    "procure to pay": ("P2P", "procure2pay"),
    "data migration": ("legacy migration", "migration project"),
    "mergers": ("post-merger integration", "M&A integration"),
    "predictive maintenance": ("condition monitoring", "PdM"),
    "demand forecasting": ("sales forecasting", "demand prediction"),
    "invoice automation": ("AP automation", "touchless invoices"),
    "contract lifecycle": ("CLM", "contract lifecycle management"),
    "omnichannel": ("omni-channel", "cross-channel"),
    "self-service portal": ("customer portal", "self service site"),
    "chatbot": ("virtual assistant", "chat bot"),
    "call center": ("contact center", "callcentre"),
    "shop floor": ("MES rollout", "shopfloor"),
    "digital twin": ("virtual replica",),
    "carbon reporting": ("ESG reporting", "emissions reporting"),
    "multi-currency": ("multicurrency",),
    "multi-tenant": ("multitenant",),
    "high availability": ("failover", "five nines"),
    "disaster recovery": ("DR site", "business continuity"),
    "low code": ("citizen development", "lowcode"),
    "API first": ("open api", "headless"),
    "real-time analytics": ("streaming analytics", "live dashboards"),
    "patient intake": ("patient registration", "digital intake"),
    "loyalty programme": ("rewards programme", "bonus points"),
    "field mobility": ("mobile workforce", "field tablets"),
    "replaced Acumen": ("ex-Acumen", "displaced acumen"),
    "replaced Borealis": ("ex-Borealis", "displaced borealis"),
    "replaced Corvus": ("ex-Corvus", "displaced corvus"),
    "replaced Deltaray": ("ex-Deltaray", "displaced deltaray"),
    "spreadsheet replacement": ("ex-spreadsheets",),
    "F500": ("Fortune 500",),
}

_EACH = 8


def withheld(wares: Wares) -> frozenset[str]:
    """Give the aliases that reps use and nobody has told the program: every eighth."""
    listed = sorted(alias for aliases in wares.values() for alias in aliases)
    return frozenset(listed[::_EACH])


def told(wares: Wares) -> list[tuple[str, str]]:
    """Give value and alias of the words that are in the company's vocabulary."""
    kept_back = withheld(wares)
    return [
        (value, alias)
        for value, aliases in wares.items()
        for alias in aliases
        if alias not in kept_back
    ]
