package locale

// proofFields name what an explained difference, a seal and a key epoch state.
var proofFields = map[string]pair{
	"amended": {"訂正による差", "by amendments"}, "identified": {"本人の判明による差", "by persons identified"}, "merged": {"統合による差", "by merging"}, "unmerged": {"統合の解除による差", "by undoing a merge"},
	"outcome_reversed": {"成果の取消による差", "by outcomes reversed"}, "reassigned": {"担当の移動による差", "by reassignment"}, "reclassified": {"区分の見直しによる差", "by reclassification"}, "voided": {"取消による差", "by voiding"},
	"checkpoint": {"検証点", "checkpoint"}, "seal": {"封印", "seal"}, "seal_digest": {"封印のダイジェスト", "digest of the seal"}, "epoch": {"鍵の世代", "key epoch"}, "key": {"鍵", "key"},
}
