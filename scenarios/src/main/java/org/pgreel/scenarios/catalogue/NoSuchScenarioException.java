package org.pgreel.scenarios.catalogue;

/** A name that no scenario of the catalogue has; the message is one sentence with the nearest one that is there. */
public final class NoSuchScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchScenarioException(String sentence) {
        super(sentence);
    }
}
