package org.pgreel.client;

import java.util.List;

/** A statement that runs by the extended query protocol: with its text, or under the name it was prepared with. */
public sealed interface ExtendedQuery permits NamedQuery, ParameterizedQuery {

    /** Returns the values of its parameters, in order. */
    List<Parameter> parameters();

    /** Tells whether result columns are asked for in binary format; otherwise in text. */
    boolean binaryResults();
}
