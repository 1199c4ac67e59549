package org.pgreel.type;

/** What types are known, at the moment: a {@link TypeRegistry}, or what grows by look-up. Safe for use by several threads. */
@FunctionalInterface
public interface KnownTypes {

    /** Returns the types that are known now. */
    TypeRegistry now();
}
