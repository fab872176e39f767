"""Records that the tests of the grids are asked of."""

from pathlib import Path

from api_samples import written

from api.desk import Desk
from api.schemas import IngestChoices
from api.web.records.rows import PAGE

KEPT = 4
_PARTIES = ("Morocco", "KEN")
MANY = 6 * PAGE + 30
FUNDING = """id,donor,initiative,purpose,amount,currency,stage,part_of,qualifier,per
nor,Norway,IDRA,wells,40000000,USD,pledged,,more_than,year
nor-part,Norway,IDRA,pumps,5.25,USD,pledged,nor,,year
ken,Kenya,IDRA,"'=SUM(A1) wells",7,USD,pledged,,,year
fao,FAO,IDRA,seeds,2,EUR,disbursed,,,
"""


def targets(rows: int) -> str:
    head = "id,party,subject,measure,value,unit,deadline\n"
    return head + "".join(
        f"t-{nth:04},{_PARTIES[nth % 2]},IDRA,plot {nth:04},{nth + 1},ha,{2030 + nth % 3}\n"
        for nth in range(rows)
    )


def fill(desk: Desk, folder: Path) -> None:
    for name, text in (("funding.csv", FUNDING), ("targets.csv", targets(MANY))):
        (report,) = desk.ingest([written(folder, name, text)], IngestChoices())
        assert (report.status, report.row_errors) == ("added", []), report
