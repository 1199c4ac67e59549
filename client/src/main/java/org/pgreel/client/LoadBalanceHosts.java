package org.pgreel.client;

/** In which order the hosts, and the addresses of each, are tried; with libpq's names. */
public enum LoadBalanceHosts {
    /** In the order in which they are given. */
    DISABLE("disable"),
    /** In random order, another one for each session. */
    RANDOM("random");

    private final String word;

    LoadBalanceHosts(String word) {
        this.word = word;
    }

    /** Returns libpq's word for it. */
    public String word() {
        return word;
    }

    /**
     * Reads libpq's word.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static LoadBalanceHosts of(String word) {
        return Checked.word("load_balance_hosts", word, values(), LoadBalanceHosts::word);
    }
}
