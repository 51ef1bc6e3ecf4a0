import KamusmFFI

/// The answer to one step; made only by the step itself or by a performer.
public struct Answer: Sendable {
    let object: KamusmFFI.Answer
}

/// Makes an answer; whatever the library throws becomes ours.
func answering(_ call: () throws -> KamusmFFI.Answer) throws -> Answer {
    Answer(object: try translating(call))
}
