"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Spec
from lofte.places.models import Area, Municipality

MUNICIPALITY = Spec(Municipality, ("code", "name", "slug", "mailbox"))
AREA = Spec(Area, ("kind", "name", "code", "edition", "source", "also_in", "geometry"), refs={"parent": Area})
