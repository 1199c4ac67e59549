package org.pgreel.benchmarks.clients;

/** Which kind of server a workload is done at. */
enum Site {
    /** A real one. */
    POSTGRES("PostgreSQL"),
    /** One that answers with bytes made beforehand. */
    CANNED("canned server");

    private final String label;

    Site(String label) {
        this.label = label;
    }

    /** Returns its name in the report. */
    String label() {
        return label;
    }
}
