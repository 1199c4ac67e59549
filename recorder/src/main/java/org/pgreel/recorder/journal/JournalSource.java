package org.pgreel.recorder.journal;

import java.util.List;

/** A journal as its readers see it: a number of stripes, each a list of records. A session lies within one stripe. */
public interface JournalSource {

    /** Returns the stripes, oldest run first. */
    List<JournalStripe> stripes();
}
