"""The plan on paper: accessible PDFs (PDF/UA) set by Typst."""
