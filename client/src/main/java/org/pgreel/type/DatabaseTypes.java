package org.pgreel.type;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The types of one database, as far as its sessions have looked them up: what one session has found, the others know too.
 * OIDs differ between databases, so each has its own. Safe for use by several threads.
 */
public final class DatabaseTypes implements KnownTypes {
    private final TypeRegistry base;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile TypeRegistry registry;

    /**
     * Creates it.
     *
     * @param base what is known without a look-up
     */
    public DatabaseTypes(TypeRegistry base) {
        this.base = base;
        this.registry = base;
    }

    @Override
    public TypeRegistry now() {
        return registry;
    }

    /** Tells whether a look-up has found a type by this name. */
    public boolean knows(String name) {
        return names.contains(name);
    }

    /**
     * Adds what a look-up has found. What was known before stays as it was.
     *
     * @param found a registry that knows the types that were looked up
     * @param asked the names that they were looked up by
     * @return what is known now
     */
    public synchronized TypeRegistry learn(TypeRegistry found, Collection<String> asked) {
        TypeRegistry learned = registry;
        for (PgType type : found.types()) {
            learned = learned.type(type.oid()).isPresent() ? learned : learned.with(type);
        }
        registry = learned;
        for (String name : asked) {
            if (isNamed(found, name)) {
                names.add(name);
            }
        }
        return learned;
    }

    private static boolean isNamed(TypeRegistry found, String name) {
        return found.types().stream()
                .anyMatch(type -> type.name().equals(name) || (type.schema() + "." + type.name()).equals(name));
    }

    /** Forgets all that was looked up, because types were made anew. */
    public synchronized void forget() {
        registry = base;
        names.clear();
    }
}
