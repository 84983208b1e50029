package golden_test

// intended are the differences between the catalogue and the program, each with
// its reason.
var intended = map[string]string{
	"case.consultation_amended old is a tokens, agreed code": listed,
	"case.consultation_amended new is a tokens, agreed code": listed,
	"case.consultation_amended old is optional: true":        emptied,
	"case.consultation_amended new is optional: true":        emptied,
	"case.placement_amended old is a tokens, agreed code":    listed,
	"case.placement_amended new is a tokens, agreed code":    listed,
	"case.placement_amended old is optional: true":           emptied,
	"case.placement_amended new is optional: true":           emptied,
	"case.relocation_amended old is a tokens, agreed code":   listed,
	"case.relocation_amended new is a tokens, agreed code":   listed,
	"case.relocation_amended old is optional: true":          emptied,
	"case.relocation_amended new is optional: true":          emptied,
	"reception.amended old is a tokens, agreed code":         listed,
	"reception.amended new is a tokens, agreed code":         listed,
	"reception.amended old is optional: true":                "a reception may have had no time",

	"outreach.changed old is a word, agreed code":         worded,
	"outreach.changed new is a word, agreed code":         worded,
	"outreach.changed old is optional: true":              emptied,
	"outreach.changed new is optional: true":              emptied,
	"employer.vacancy_changed old is a word, agreed code": worded,
	"employer.vacancy_changed new is a word, agreed code": worded,

	"employer.registered contact is not agreed":                 owned,
	"employer.renamed contact is not agreed":                    owned,
	"workplan.drafted contact is not agreed":                    owned,
	"period.audit_opened contact is not agreed":                 owned,
	"rights.requested contact is not agreed":                    owned,
	"volume.opinion_received contact is not agreed":             owned,
	"rights.decided grounds is optional: true":                  "what is granted in full needs no ground",
	"case.referral_accepted contact is neither fact nor sealed": "only the sealed section names the contact who owns it",

	"period.sample_drawn figure is not agreed":     redrawn,
	"period.sample_drawn edition is not agreed":    redrawn,
	"period.sample_drawn population is not agreed": redrawn,
	"period.finding_recorded due_on is not agreed": "the auditors say by when measures are to be reported",

	"case.consultation_received held_precision is not agreed": moved,
	"case.consultation_received held_time is not agreed":      moved,

	"figure.proposed definition is not agreed":                    "a published figure names the digest of its rule, not only the name",
	"figure.proposed definition_version is not agreed":            versioned,
	"figure.proposed version is missing":                          versioned,
	"indicator.version_proposed definition_version is not agreed": versioned,
	"indicator.version_proposed version is missing":               versioned,
	"indicator.version_approved definition_version is not agreed": versioned,
	"indicator.version_approved version is missing":               versioned,
	"indicator.version_rejected definition_version is not agreed": versioned,
	"indicator.version_rejected version is missing":               versioned,
	"indicator.version_retired definition_version is not agreed":  versioned,
	"indicator.version_retired version is missing":                versioned,
	"indicator.version_proposed survey_part is not agreed":        "one rule counts both halves of the survey, M1 and M2",
	"indicator.version_proposed after_hours is not agreed":        "the share of sessions after hours is counted by it",
	"indicator.version_proposed referral_state is not agreed":     "the shares of referrals are counted by it",

	"workplan.gates_waived is not agreed": "a publication is judged by the gates of its period; its own event, so that those of the publications keep their form",

	"partner.inward_made is not agreed":      inward,
	"partner.inward_accepted is not agreed":  inward,
	"partner.inward_declined is not agreed":  inward,
	"partner.inward_linked is not agreed":    inward,
	"partner.inward_answered is not agreed":  inward,
	"partner.inward_withdrawn is not agreed": inward,
	"case.note_read is not agreed":           "a shift note is ticked off where all see it (ui mock, home); an own event, so that notes keep their form",

	"person.erased epoch is not agreed":                       "the proof names the epoch whose end makes the erasure final (proof.md 5)",
	"person.details_corrected student is a flag, agreed code": "the corrected fact keeps the kind it had",
	"reception.hours_set after_hours_days is optional: true":  "a desk may have no after hours",
	"case.moved_in has_predecessor is optional: true":         "only a transfer must state it (relocation.predecessor)",
}

const (
	redrawn   = "a sample can be drawn again only where it says what it was drawn from"
	listed    = "a corrected list is several codes"
	emptied   = "a fact may have been absent, or is taken away"
	worded    = "titles and places are public wording"
	moved     = "a moved session keeps the precision and the time of its day"
	versioned = "version is the envelope's word for the event's place in its stream"
	inward    = "the board of referrals goes both ways: a body sends somebody to us (ui.md 5.1), who is no person of ours yet"
	owned     = "a fact names the contact whose key seals the name"
)
