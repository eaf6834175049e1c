"""The longer parts of the table of permissions."""

DESIGNER = """
        POST /api/v1/deployments
        POST /api/v1/deployments/check
        POST /api/v1/imports
        GET /api/v1/designer/kit
        GET /api/v1/drafts
        POST /api/v1/drafts
        GET /api/v1/drafts/<draft_id>
        PUT /api/v1/drafts/<draft_id>/files
        POST /api/v1/drafts/<draft_id>/check
        GET /api/v1/drafts/<draft_id>/changes
        GET /api/v1/drafts/<draft_id>/export
        POST /api/v1/drafts/<draft_id>/submit
        POST /api/v1/drafts/<draft_id>/publish
        POST /api/v1/drafts/<draft_id>/return
        POST /api/v1/drafts/<draft_id>/discard
        GET /api/v1/processes/<key>/versions
        GET /designer
        GET /designer/processes/<key>/versions
        POST /designer/drafts
        GET /designer/drafts/<draft_id>
        GET /designer/drafts/<draft_id>/export
        GET /designer/drafts/<draft_id>/review
        POST /designer/drafts/<draft_id>/submit
        POST /designer/drafts/<draft_id>/publish
        POST /designer/drafts/<draft_id>/return
        POST /designer/drafts/<draft_id>/discard
        GET /designer/check
        POST /designer/check/draft
        POST /designer/check
        POST /designer/deploy
        POST /designer/draft
    """
