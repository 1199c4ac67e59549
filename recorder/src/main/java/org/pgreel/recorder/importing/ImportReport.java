package org.pgreel.recorder.importing;

import java.util.List;

/**
 * What an import came to.
 *
 * @param sessions how many sessions were imported
 * @param lost what the source did not hold, or could not be taken from it, a sentence each; empty if nothing
 */
public record ImportReport(int sessions, List<String> lost) {

    /** Keeps its own copy of the list. */
    public ImportReport {
        lost = List.copyOf(lost);
    }
}
